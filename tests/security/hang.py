"""A process that never answers, for the test that ends it."""

import time

while True:
    time.sleep(60)
