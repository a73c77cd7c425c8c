"""Small files that run inside test tools and write down what a run did; nothing of ours imports them."""
