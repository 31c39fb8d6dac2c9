"""InKAN (uniform cubic B-splines on 5 intervals) in PyTorch.

    python3 -m venv peers && peers/bin/pip install torch numpy inkan
    kan-studio bench --peer inkan="peers/bin/python bench/peers/inkan_peer.py"
"""

from measure import measure, missing

try:
    import torch
    from inkan import KANNetwork
except ImportError:
    missing("InKAN", "pip install torch numpy inkan")

measure(torch, lambda widths: KANNetwork(widths, grid_size=5, spline_order=3))
