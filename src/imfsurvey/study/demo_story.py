"""What the worked example tells. Everything here is invented: the zone, its people, its answers.

In 2025 much is done, little of it written down; rules and checks are ahead of support. In autumn
a policy is approved. In 2026 communication, training and the welcome of newcomers have moved,
the balance is back within its band, and enforcement lags behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

Said = int | Literal["na", "dk"]
"""A level, not applicable, or don't know."""

STUDY: Final[Mapping[str, Any]] = {
    "imfsurvey": 1,
    "entity": {
        "name": "Zone de police 5399 Valombre / Politiezone 5399 Valombre",
        "languages": ["fr", "nl"],
        "period": {"start": 2025, "end": 2030},
    },
    "mandatary": {"name": "Camille Exemple", "rank": "Commissaire divisionnaire"},
    "officer": {"name": "Robin Voorbeeld", "rank": "Conseiller"},
    "groups": [
        {
            "id": "intervention",
            "label": {
                "fr": "Intervention et proximité",
                "nl": "Interventie en wijkwerking",
                "en": "Intervention and neighbourhoods",
                "de": "Intervention und Nachbarschaft",
            },
            "headcount": 86,
        },
        {
            "id": "research",
            "label": {
                "fr": "Recherche locale",
                "nl": "Lokale recherche",
                "en": "Local investigation",
                "de": "Lokale Ermittlung",
            },
            "headcount": 22,
        },
        {
            "id": "support",
            "label": {
                "fr": "Personnel administratif et logistique (CALog)",
                "nl": "Administratief en logistiek personeel (CALog)",
                "en": "Administrative and logistic staff (CALog)",
                "de": "Verwaltungs- und Logistikpersonal (CALog)",
            },
            "headcount": 34,
        },
        {
            "id": "management",
            "label": {
                "fr": "Officiers et responsables de service",
                "nl": "Officieren en diensthoofden",
                "en": "Officers and heads of service",
                "de": "Offiziere und Dienstleitungen",
            },
            "headcount": 18,
        },
    ],
}
POLICY: Final[Mapping[str, Any]] = {
    "policy": {"approved_on": "2025-10-06", "approved_by": "Conseil de police de Valombre"}
}
"""What study.yaml holds besides, between the waves."""

LEVELS: Final[Mapping[str, tuple[Said, Said]]] = {
    # determine
    "needs-risk-analysis": (1, 2),
    "needs-consultation": (0, 2),
    "needs-incident-analysis": (2, 3),
    "code-of-ethics": (1, 3),
    "mission-values-charter": (2, 3),
    "internal-integrity-notes": (2, 3),
    "conflict-of-interest": (3, 3),
    "conduct-towards-people": (2, 2),
    "resources-working-time": (3, 3),
    "staff-participation-norms": (0, 1),
    "unwritten-norms": (0, 1),
    "vulnerable-functions-measures": (1, 2),
    "information-protection": (3, 3),
    "behavioural-policy": (2, 2),
    "recruitment-selection-integrity": (1, 2),
    "job-profiles-integrity": (0, 1),
    "public-procurement-integrity": (2, 2),
    # guide
    "ethical-leadership-training": (0, 2),
    "dilemma-training": (1, 3),
    "integrity-in-other-training": (1, 2),
    "discussion-debriefing-awareness": (1, 2),
    "newcomer-onboarding-oath": (1, 3),
    "mentoring": (1, 3),
    "coaching-confidant": (1, 2),
    "integrity-on-agendas": (0, 3),
    "advisory-bodies": (0, 1),
    "integrity-communication": (1, 4),
    # monitor
    "citizen-complaint-channels": (2, 3),
    "whistleblowing-system": (1, 2),
    "data-registration-analysis": (2, 3),
    "spot-checks": (2, 2),
    "daily-and-social-monitoring": (1, 2),
    "investigation-patterns": ("dk", 1),
    "integrity-audit-research": (0, 1),
    # enforce
    "formal-sanctions": (2, 2),
    "legitimate-response": (1, 1),
    "informal-reactions": (0, 1),
    "crisis-communication": (1, 1),
    "after-crisis-talk": (0, 0),
    # processes
    "planning-cycle-anchoring": (0, 2),
    "pdca-cycle": (0, 2),
    "core-instrument-processes": (1, 2),
    "complementary-processes": (0, 1),
    "internal-evaluation-adjustment": (1, 2),
    "periodic-measurement": (1, 3),
    "controlling-stimulating-balance": (0, 2),
    "internal-control-cp3": (2, 2),
    # structures
    "shared-responsibility-voice": (1, 2),
    "roles-responsibilities": (1, 3),
    "integrity-officer": (1, 3),
    "coordination-cooperation": (1, 2),
    "ambassador-network": (0, 1),
    "place-in-organigram": (2, 3),
    "horizontal-services": ("na", "na"),
    "oversight-alert-contact": (2, 2),
    "supra-local-contacts": (2, 2),
    # leadership
    "role-model": (2, 3),
    "top-management-commitment": (1, 3),
    "middle-management": (1, 2),
    "discussion-culture": (1, 2),
    "active-responsibility": (1, 2),
    "integrity-measurements": ("dk", 2),
    "appraisal-interviews": (1, 1),
    "follow-up-after-dysfunction": (1, 2),
    "exit-interviews": ("na", 1),
}
"""Topic -> what the mandatary said in the zero wave and in the annual one."""

REASONS: Final[Mapping[str, str]] = {
    "horizontal-services": "La zone ne compte pas de service horizontal distinct.",
    "exit-interviews": "Aucun membre du personnel n'a quitté la zone depuis deux ans.",
}
"""Why a topic is not applicable."""

EVIDENCE: Final[Mapping[str, str]] = {
    "needs-incident-analysis": "Relevé annuel des plaintes présenté au comité de direction.",
    "code-of-ethics": "Code remis à chaque membre du personnel ; 148 accusés de réception.",
    "mission-values-charter": "Charte affichée dans les cinq postes et reprise à chaque briefing.",
    "internal-integrity-notes": "Recueil des notes sur l'intranet, mis à jour chaque trimestre.",
    "conflict-of-interest": "Registre des déclarations d'activités accessoires, revu en janvier.",
    "resources-working-time": "Note de service sur les véhicules et le temps de travail.",
    "information-protection": "Journal des consultations, contrôlé par échantillon chaque mois.",
    "dilemma-training": "Trois journées d'étude de cas, 96 participants ; listes de présence.",
    "newcomer-onboarding-oath": "Parcours d'accueil signé par les onze derniers arrivants.",
    "mentoring": "Chaque nouvel arrivant a un parrain ; entretiens consignés à trois mois.",
    "integrity-on-agendas": "Point fixe de la réunion mensuelle des services ; procès-verbaux.",
    "integrity-communication": "Bulletin trimestriel, lu par 71 % du personnel selon l'enquête "
    "interne ; bilan présenté à la direction.",
    "citizen-complaint-channels": "Formulaire en ligne ; délai de réponse suivi chaque mois.",
    "data-registration-analysis": "Tableau de bord des incidents, alimenté par tous les services.",
    "periodic-measurement": "Mesure zéro de 2025 et présente mesure annuelle.",
    "roles-responsibilities": "Matrice des responsabilités jointe à la politique, commentée en "
    "réunion de service.",
    "integrity-officer": "Désignation écrite, un jour par semaine, permanences connues de tous.",
    "place-in-organigram": "Organigramme approuvé : ligne directe vers le chef de corps.",
    "role-model": "Engagements écrits des officiers, discutés avec leurs équipes.",
    "top-management-commitment": "Introduction de chaque formation par le chef de corps.",
}
"""Evidence, for every topic that is claimed at level 3 or higher."""

KEYS: Final[Mapping[str, tuple[str, str]]] = {
    "officer": ("Robin Voorbeeld", "Conseiller en intégrité"),
    "dpo": ("Dominique Fictief", "Déléguée à la protection des données"),
}
"""Who can unseal, by id of the key: holder and office."""

KEY_NOTE: Final = "# worked example: invented answers, hence a key without a passphrase"

MOODS: Final = (-0.05, 0.02)
"""Climate among staff in the two waves: see `interview.simulate.Climate`."""
THEME_MOODS: Final[tuple[Mapping[str, float], Mapping[str, float]]] = (
    {"clarity": -0.04, "transparency": -0.06, "enforcement": -0.04},
    {"clarity": 0.10, "support": 0.06, "discussability": 0.05, "enforcement": -0.11},
)
"""The same, by theme: what was explained better is known better."""
