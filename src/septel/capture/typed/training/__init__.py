"""Making lines to learn from, and learning (the latter needs PyTorch: `septel[train]`)."""
