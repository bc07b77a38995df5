"""The structure that outside data, imports and measurements hold on to, kept apart from the pack.

Ids here never change and never go: what is missing from the pack would no longer import.
"""

DIMENSIONS = (
    "problem-framing",
    "data-assumptions",
    "decomposition",
    "hypothesis-validation",
    "tradeoffs",
    "depth",
    "production-ownership",
    "responsible-ml",
    "adaptability",
    "communication",
)

# dimension: signals, by polarity
SIGNALS = {
    "strength": {
        "problem-framing": "frames-before-solving clarifies-ambiguity ties-to-impact",
        "data-assumptions": "data-first surfaces-assumptions questions-labels-and-leakage",
        "decomposition": "decomposes-into-components thinks-end-to-end",
        "hypothesis-validation": "hypothesis-driven designs-validation",
        "tradeoffs": (
            "explicit-tradeoffs simple-baseline-first anchors-in-constraints leverage-and-restraint"
        ),
        "depth": "explains-why-and-alternatives names-limits-and-failures",
        "production-ownership": "owns-the-lifecycle plans-for-drift plans-fallback",
        "responsible-ml": "fairness-aware interpretability-aware",
        "adaptability": "updates-under-pushback uncertain-with-a-plan learns-from-failure",
        "communication": (
            "narrates-reasoning summarises-decisions shifts-abstraction prioritises-and-stops"
        ),
    },
    "risk": {
        "data-assumptions": "ignores-data-reality unstated-assumptions",
        "problem-framing": "solution-before-problem metric-without-context",
        "tradeoffs": "premature-complexity",
        "adaptability": "rigid-under-constraint",
        "communication": "silent-or-unstructured academic-drift",
        "depth": "inconsistent-reasoning shallow-under-follow-up",
        "production-ownership": "no-production-thinking",
        "responsible-ml": "blind-to-harm",
    },
    "noise": {
        "communication": (
            "theory-showcase answers-another-question performing over-explains-the-easy-part"
        ),
        "depth": "tool-name-dropping memorised-answer",
        "adaptability": "false-certainty",
        "problem-framing": "metric-as-an-end",
    },
}

DISQUALIFYING = {
    "ignores-data-reality",
    "solution-before-problem",
    "premature-complexity",
    "rigid-under-constraint",
    "blind-to-harm",
}

STAGES = (
    "objective",
    "clarifying-questions",
    "data",
    "components",
    "model-choice",
    "trade-offs",
    "validation",
    "production",
    "risks-and-limits",
    "adaptation",
    "recap",
)

PROBES = {
    "why": "depth",
    "alternatives": "depth tradeoffs",
    "data-test": "data-assumptions",
    "label-test": "data-assumptions",
    "drift-test": "production-ownership",
    "silent-failure": "production-ownership depth",
    "tradeoff-scenario": "tradeoffs responsible-ml",
    "constraint-data": "adaptability data-assumptions",
    "constraint-latency-or-cost": "adaptability tradeoffs",
    "constraint-metric-change": "adaptability problem-framing",
    "pushback": "adaptability communication",
    "bias-test": "responsible-ml",
    "explain-to-layperson": "communication",
    "decision-story": "adaptability production-ownership",
}

CONSTRAINTS = {
    "constraint-data",
    "constraint-latency-or-cost",
    "constraint-metric-change",
    "pushback",
}

ROUNDS = {
    "ml-system-design": (
        "problem-framing data-assumptions decomposition tradeoffs production-ownership"
        " adaptability communication"
    ),
    "applied-modeling": (
        "problem-framing data-assumptions hypothesis-validation tradeoffs depth communication"
    ),
    "ml-coding": "decomposition hypothesis-validation depth communication",
    "behavioral": "production-ownership adaptability tradeoffs communication",
    "responsible-ai": "responsible-ml tradeoffs data-assumptions communication",
    "cross-functional": "problem-framing communication responsible-ml adaptability",
}

# level: (everywhere, exceptions, musts, any_supported_4, signals)
BARS = {
    "junior": (2, {"problem-framing": 3, "communication": 3}, "", "", {}),
    "mid": (
        3,
        {"production-ownership": 2, "responsible-ml": 2, "depth": 2},
        "data-assumptions",
        "",
        {},
    ),
    "senior": (3, {}, "production-ownership tradeoffs", "", {"leverage-and-restraint": 1}),
    "staff": (
        3,
        {},
        "production-ownership tradeoffs responsible-ml",
        "problem-framing tradeoffs communication",
        {"leverage-and-restraint": 2},
    ),
}

# lens: facet: dimensions; None where the facet is derived
LENSES = {
    "hidden-scorecard": {
        "problem-framing": "problem-framing",
        "data-intuition": "data-assumptions",
        "trade-off-reasoning": "tradeoffs",
        "structured-communication": "decomposition communication",
    },
    "how-it-is-measured": {
        "structured-reasoning": "problem-framing decomposition",
        "hypothesis-testing": "hypothesis-validation",
        "model-trade-offs": "tradeoffs",
        "communication-efficiency": "communication adaptability",
    },
    "thinking-dimensions": {
        "problem-decomposition": "decomposition problem-framing",
        "assumption-awareness": "data-assumptions",
        "hypothesis-validation": "hypothesis-validation",
        "communicative-clarity": "communication",
    },
    "top-hidden-metrics": {
        "framing": "problem-framing",
        "assumptions": "data-assumptions",
        "trade-offs": "tradeoffs",
        "ethics-and-systems": "responsible-ml production-ownership",
        "coherence": "communication",
    },
    "strong-answer": {
        "clarity": "communication",
        "structure": "decomposition problem-framing",
        "depth": "depth",
        "trade-offs": "tradeoffs",
        "consistency": None,
    },
    "engineering-maturity": {
        "systems": "production-ownership decomposition",
        "trade-offs": "tradeoffs",
        "data": "data-assumptions",
        "communication": "communication",
        "constraints": "adaptability tradeoffs",
        "structured-decisions": "decomposition hypothesis-validation",
        "caution": "depth",
        "responsibility": "responsible-ml",
    },
    "mental-profile": {
        "judgment": "tradeoffs problem-framing",
        "ownership": "production-ownership",
        "practicality": "tradeoffs data-assumptions",
        "learning": "adaptability hypothesis-validation",
        "communication-under-ambiguity": "communication adaptability",
    },
}
