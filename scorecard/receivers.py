"""What the web server has ready before the first note comes in."""

from django.dispatch import receiver

from config.signals import starting


@receiver(starting)
def load_words_and_weights(**_: object) -> None:
    """Half a second, which else the first save after a start would wait for."""
    from scorecard.suggestions.classifier import classifier  # with numpy: not in every command
    from scorecard.wording.remarks import remark_patterns
    from scorecard.wording.vague import vague_patterns

    classifier()
    remark_patterns()
    vague_patterns()
