"""The canonical benchmark file: what its rows must say beyond the contract.

Knows neither metrics nor touchpoints; the caller says what there is (`Known`).
"""

from data_contracts.benchmarks.judge import judge_file
from data_contracts.benchmarks.known import Known, KnownMetric
from data_contracts.benchmarks.report import FileReport

__all__ = ["FileReport", "Known", "KnownMetric", "judge_file"]
