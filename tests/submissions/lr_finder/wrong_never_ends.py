# mistake: no early end
# part: run_sweep
# says: It went on after the blow-up


def run_sweep(objective, params, lrs, blow_up=4.0):
    losses = []
    for i, lr in enumerate(lrs):
        loss, grad = objective(params, i)
        losses.append(loss)
        params = params - lr * grad
    return losses
