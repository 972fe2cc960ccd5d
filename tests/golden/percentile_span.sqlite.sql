-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  count(CASE WHEN (ended IS NOT NULL AND units >= 2) THEN round((julianday(ended) - julianday(began)) * 86400.0, 3) / (60.0 + 0.0) END) AS n,
  group_concat(CASE WHEN (ended IS NOT NULL AND units >= 2) THEN CASE WHEN (round((julianday(ended) - julianday(began)) * 86400.0, 3) / (60.0 + 0.0) < 1e-09) THEN '-9999' ELSE CAST(CAST(ceil(ln(round((julianday(ended) - julianday(began)) * 86400.0, 3) / (60.0 + 0.0)) / (0.020000666706669435 + 0.0)) AS INTEGER) AS TEXT) END END, ',') AS buckets
FROM visits
GROUP BY 1, 2
