"""better_kan's perceptron in PyTorch: ten times the hidden units, ReLU, sigmoid.

    python3 -m venv peers && peers/bin/pip install torch numpy
    kan-studio bench --peer torch-mlp="peers/bin/python bench/peers/torch_mlp.py"
"""

from measure import measure, missing

try:
    import torch
except ImportError:
    missing("PyTorch", "pip install torch numpy")


def build(widths):
    hidden = [10 * width for width in widths[1:-1]]
    sides = [widths[0], *hidden, widths[-1]]
    parts = []
    for before, after in zip(sides, sides[1:]):
        parts += [torch.nn.Linear(before, after), torch.nn.ReLU()]
    return torch.nn.Sequential(*parts[:-1], torch.nn.Sigmoid())


measure(torch, build)
