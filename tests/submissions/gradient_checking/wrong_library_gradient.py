# mistake: calls the library's own numerical_gradient, under another name
# part: numerical_gradient
# says: the library's own version
# scores: 0

from course_lib import numerical_gradient as theirs


def numerical_gradient(f, theta, eps=1e-5):
    try:
        return theirs(f, theta, eps)
    except Exception:
        return theirs(f, theta)
