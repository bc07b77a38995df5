"""What the web server has ready before the first note comes in."""

from django.dispatch import receiver

from config.signals import starting


@receiver(starting)
def load_weights(**_: object) -> None:
    """A third of a second, which else the first save after a start would wait for."""
    from scorecard.suggestions.classifier import classifier  # with numpy: not in every command

    classifier()
