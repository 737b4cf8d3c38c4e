# style: no NumPy: loops, lists, a running product


def lr_sweep(lr_min, lr_max, n_steps):
    factor, rates = (lr_max / lr_min) ** (1 / (n_steps - 1)), [lr_min]
    while len(rates) < n_steps:
        rates.append(rates[-1] * factor)
    return rates


def run_sweep(objective, params, lrs, blow_up=4.0):
    losses = []
    for step, lr in enumerate(lrs):
        answer = objective(params, step=step)
        losses.append(float(answer[0]))
        if not losses[-1] <= min([v for v in losses if v == v] or [0]) * blow_up < float("inf"):
            break
        params = params - lr * answer[1]
    return losses


def suggest_lr(lrs, losses):
    best, rate = 0, None
    for k in range(len(losses) - 1):
        if losses[k] - losses[k + 1] > best:
            best, rate = losses[k] - losses[k + 1], lrs[k]
    return float(rate)
