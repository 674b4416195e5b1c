from .gains import KINDS as KINDS
from .gains import DocumentGains as DocumentGains
from .gains import corpus_in as corpus_in
from .gains import gains_of as gains_of
from .gains import read_baseline as read_baseline
from .gains import right_in as right_in
from .gains import write_baseline as write_baseline
