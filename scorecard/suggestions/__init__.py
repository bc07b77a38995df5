"""Which signals of the rubric a note may show: up to three, best first, or none.

Local and without a language model: docs/suggestions.md says how it works and how well. A suggestion
counts for nothing until a person accepts it.

    from scorecard.suggestions import suggest
    suggest("never brought up drift, even when nudged")
    # [Suggestion(signal='no-production-thinking', score=0.93), ...]
"""

from scorecard.suggestions.ranking import Suggestion, reads_like_a_remark, suggest

__all__ = ["Suggestion", "reads_like_a_remark", "suggest"]
