"""The hold model of kernel.ts in SimPy: prints events per second.

usage: simpyHold.py PENDING EVENTS

Each pending event is a process that waits for one timeout after the other, as SimPy models are written.
"""
import random
import sys
import time

import simpy

pending, events = int(sys.argv[1]), int(sys.argv[2])
luck = random.Random("bench")
delays = [1 + round(luck.expovariate(1 / (pending * 10))) for _ in range(65_536)]
drawn = 0


def hold(env):
    global drawn
    while True:
        drawn += 1
        yield env.timeout(delays[drawn % len(delays)])


env = simpy.Environment()
for _ in range(pending):
    env.process(hold(env))
for _ in range(2 * pending):  # starts of the processes, then one turn of the queue
    env.step()

start = time.perf_counter()
for _ in range(events):
    env.step()
print(events / (time.perf_counter() - start))
