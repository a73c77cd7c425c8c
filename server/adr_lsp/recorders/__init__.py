"""Files that run inside test tools and write down what a run did; they import nothing of ours."""
