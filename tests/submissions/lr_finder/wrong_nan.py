# mistake: does not notice NaN
# part: run_sweep
# says: ask for NaN by itself


def run_sweep(objective, params, lrs, blow_up=4.0):
    losses = []
    for i, lr in enumerate(lrs):
        loss, grad = objective(params, i)
        losses.append(loss)
        if loss > blow_up * min(losses):
            break
        params = params - lr * grad
    return losses
