from .grades import with_grades as with_grades
from .placement import with_stamps as with_stamps
from .reader import ReadStamp as ReadStamp
from .reader import piece_strip as piece_strip
from .reader import read_stamps as read_stamps
from .reader import stamp_reader as stamp_reader
from .rows import spaced_rows as spaced_rows
from .strips import may_be_stamped as may_be_stamped
