"""efficient-kan (B-splines of order 3 on 5 intervals) in PyTorch.

    python3 -m venv peers && peers/bin/pip install torch numpy git+https://github.com/Blealtan/efficient-kan
    kan-studio bench --peer efficient-kan="peers/bin/python bench/peers/effkan.py"
"""

from measure import measure, missing

try:
    import torch
    from efficient_kan import KAN
except ImportError:
    missing("efficient-kan", "pip install torch numpy git+https://github.com/Blealtan/efficient-kan")

measure(torch, lambda widths: KAN(widths, grid_size=5, spline_order=3))
