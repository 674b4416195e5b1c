from .blend import blend as blend
from .scanned import ScannedPage as ScannedPage
from .scanned import make_real_lines as make_real_lines
from .scanned import scanned_pages as scanned_pages
from .scanned import to_learn_from as to_learn_from
from .transcripts import Transcript as Transcript
from .transcripts import truth_of as truth_of
