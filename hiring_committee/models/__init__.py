from hiring_committee.models.access import OfLoopQuerySet, loops_read_by
from hiring_committee.models.flags import FlagResolution, Outcome, PacketFlag
from hiring_committee.models.packets import Packet, PacketRequest
from hiring_committee.models.recruiter_tasks import RecruiterTask

__all__ = [
    "FlagResolution",
    "OfLoopQuerySet",
    "Outcome",
    "Packet",
    "PacketFlag",
    "PacketRequest",
    "RecruiterTask",
    "loops_read_by",
]
