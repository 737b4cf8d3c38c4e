# mistake: calls the library's finder
# part: run_sweep
# says: the library's own version
# scores: 0

from course_lib import SGD, minimize


def run_sweep(objective, params, lrs, blow_up=4.0):
    schedule = SGD(lambda step: lrs[min(step, len(lrs) - 1)])
    losses = minimize(objective, params, schedule, len(lrs)).loss[: len(lrs)]
    for i in range(1, len(losses)):
        if not losses[i] <= blow_up * min(losses[: i + 1]):
            return losses[: i + 1]
    return losses
