"""A row for each flag of the packets that are there already."""

import hashlib
import json

from django.db import migrations

RAISED = ("by", "round", "severity", "explanation")
NOTE = ("at_seconds", "kind", "text", "stage", "probe", "dimension", "signal", "polarity")


def canonical(data):
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(flag):
    """As packet/fingerprint.py had it when the rows were introduced."""
    raised = [
        {
            **{key: each[key] for key in RAISED},
            "notes": sorted(
                ({key: note[key] for key in NOTE} for note in each["notes"]), key=canonical
            ),
        }
        for each in flag["raised"]
    ]
    text = canonical(sorted(raised, key=canonical))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def store_flags(apps, schema_editor):
    packets = apps.get_model("hiring_committee", "Packet")
    flags = apps.get_model("hiring_committee", "PacketFlag")
    there = packets.objects.filter(flags=None).values_list("pk", "content__flags")
    for pk, found in there.iterator(chunk_size=200):
        flags.objects.bulk_create(
            flags(
                packet_id=pk,
                signal=flag["signal"],
                severity=flag["severity"],
                fingerprint=fingerprint(flag),
            )
            for flag in found or []
        )


class Migration(migrations.Migration):
    dependencies = [("hiring_committee", "0003_flags")]
    operations = [migrations.RunPython(store_flags, migrations.RunPython.noop)]
