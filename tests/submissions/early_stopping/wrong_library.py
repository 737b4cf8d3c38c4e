# mistake: inherits from the library's class
# part: EarlyStopping
# says: the library's own version
# scores: 0

import course_lib


class EarlyStopping(course_lib.EarlyStopping):
    pass
