"""pykan (B-splines of order 3 on 5 intervals) in PyTorch, without its plots' activations. Slow: give it small networks.

    python3 -m venv peers && peers/bin/pip install torch numpy pykan scikit-learn matplotlib tqdm pandas pyyaml sympy
    kan-studio bench --hid-size 100 --peer pykan="peers/bin/python bench/peers/pykan.py"
"""

import tempfile

from measure import measure, missing

try:
    import torch
    from kan import KAN
except ImportError as error:
    missing(f"pykan ({error.name})", "pip install torch numpy pykan scikit-learn matplotlib tqdm pandas pyyaml sympy")


def build(widths):
    return KAN(
        width=widths,
        **{"grid": 5, "k": 3, "seed": 0, "save_act": False, "auto_save": False},
        ckpt_path=tempfile.mkdtemp(),
    )


measure(torch, build)
