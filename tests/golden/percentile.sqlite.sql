-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  count(amount) AS n,
  group_concat(CASE WHEN (amount < 1e-09) THEN '-9999' ELSE CAST(CAST(ceil(ln(amount) / (0.020000666706669435 + 0.0)) AS INTEGER) AS TEXT) END, ',') AS buckets
FROM visits
GROUP BY 1, 2
