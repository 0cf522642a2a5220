"""Train the product's own Dutch name finder: `python -m training.train --data DIR --out DIR`."""
