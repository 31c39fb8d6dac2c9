"""What a peer prints of a PyTorch module, measured as `kan-studio bench` measures its own rows.

What to measure comes from the environment (BENCH_BATCH, BENCH_INPUTS, BENCH_HIDDEN, BENCH_OUTPUTS, BENCH_LAYERS,
BENCH_REPETITIONS, BENCH_WARM_UP); alone, a script takes better_kan's defaults. BENCH_DEVICE=auto takes PyTorch's graphics
card where it has one, or a device is named there; else the processor computes.
"""

import json
import math
import os
import sys
import time


def setting(name, default):
    return int(os.environ.get("BENCH_" + name, default))


SHAPE = [
    setting("INPUTS", 100),
    *[setting("HIDDEN", 1000)] * setting("LAYERS", 1),
    setting("OUTPUTS", 1),
]


def missing(package, install):
    """Ends with one sentence, which the benchmark shows in the row's place."""
    sys.exit(f"{package} is not installed for {sys.executable}: {install}")


def peak_bytes():
    """The most memory that the process has held since it was asked to forget (Linux), or null."""
    try:
        with open("/proc/self/status") as status:
            fields = dict(line.split(":", 1) for line in status)
        return 1024 * int(fields["VmHWM"].split()[0]), 1024 * int(fields["VmRSS"].split()[0])
    except (OSError, KeyError):
        return None, None


def forget_peak():
    try:
        with open("/proc/self/clear_refs", "w") as refs:
            refs.write("5")
    except OSError:
        pass


def device_of(torch):
    wanted = os.environ.get("BENCH_DEVICE", "cpu")
    if wanted != "auto":
        return wanted
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def measure(torch, build):
    """Prints the line. `build(widths)` makes the module, after the idle process's memory is known."""
    batch, repetitions, warm_up = setting("BATCH", 1000), setting("REPETITIONS", 10), setting("WARM_UP", 1)
    torch.manual_seed(0)
    forget_peak()
    _, idle = peak_bytes()
    device = device_of(torch)
    network = build(list(SHAPE)).to(device)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)

    def fresh():
        x = torch.rand(batch, SHAPE[0]) * 2 - 1
        y = torch.exp(torch.sin(math.pi * x[:, :1]) + x[:, 1:2] ** 2)
        return x.to(device), y.repeat(1, SHAPE[-1]).to(device)

    def wait():
        """A card computes on its own: a time ends when it is done."""
        if device != "cpu":
            getattr(torch, device.split(":")[0]).synchronize()

    def loss(x, y):
        return torch.mean((network(x) - y) ** 2)

    def timed(call):
        wait()
        begun = time.perf_counter()
        result = call()
        wait()
        return (time.perf_counter() - begun) * 1e3, result

    def step(x, y):
        optimizer.zero_grad()
        loss(x, y).backward()
        optimizer.step()

    times = {"forward": [], "backward": [], "step": []}
    memory = {}
    for repetition in range(warm_up + repetitions):
        x, y = fresh()
        optimizer.zero_grad()
        # With gradients wanted: what backward needs of it is kept.
        forward, found = timed(lambda: loss(x, y))
        if repetition == 0 and idle is not None:
            memory["forwardBytes"] = max(0, peak_bytes()[0] - idle)
        backward, _ = timed(found.backward)
        del found
        if repetition == 0 and idle is not None:
            memory["backwardBytes"] = max(0, peak_bytes()[0] - idle)
        x, y = fresh()
        whole, _ = timed(lambda: step(x, y))
        if repetition >= warm_up:
            times["forward"].append(forward)
            times["backward"].append(backward)
            times["step"].append(whole)
    counts = [parameter.numel() for parameter in network.parameters()]
    trains = [parameter.numel() for parameter in network.parameters() if parameter.requires_grad]
    print(
        json.dumps(
            {**times, **memory, "parameters": sum(counts), "trainable": sum(trains), "torch": torch.__version__}
        )
    )
