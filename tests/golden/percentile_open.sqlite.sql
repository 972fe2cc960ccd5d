-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  count(round((julianday(ended) - julianday(began)) * 86400.0, 3) / (3600.0 + 0.0)) AS n,
  group_concat(CASE WHEN (round((julianday(ended) - julianday(began)) * 86400.0, 3) / (3600.0 + 0.0) < 1e-09) THEN '-9999' ELSE CAST(CAST(ceil(ln(round((julianday(ended) - julianday(began)) * 86400.0, 3) / (3600.0 + 0.0)) / (0.020000666706669435 + 0.0)) AS INTEGER) AS TEXT) END, ',') AS buckets,
  count(CASE WHEN (ended IS NULL AND colour != 'green') THEN 1 END) AS still_open
FROM visits
GROUP BY 1, 2
