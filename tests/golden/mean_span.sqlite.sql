-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  sum(round((julianday(ended) - julianday(began)) * 86400.0, 3) / (3600.0 + 0.0)) AS numerator,
  count(round((julianday(ended) - julianday(began)) * 86400.0, 3) / (3600.0 + 0.0)) AS denominator,
  count(round((julianday(ended) - julianday(began)) * 86400.0, 3) / (3600.0 + 0.0)) AS n,
  sum((round((julianday(ended) - julianday(began)) * 86400.0, 3) / (3600.0 + 0.0)) * (round((julianday(ended) - julianday(began)) * 86400.0, 3) / (3600.0 + 0.0))) AS squares
FROM visits
GROUP BY 1, 2
