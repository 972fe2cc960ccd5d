-- of the rows that keep their contract
SELECT
  CAST(timezone('UTC', at) AS DATE) AS day,
  touchpoint AS touchpoint,
  count(amount) AS n,
  string_agg(CASE WHEN (CAST(amount AS DOUBLE PRECISION) < 1e-09) THEN '-9999' ELSE CAST(CAST(ceil(ln(CAST(amount AS DOUBLE PRECISION)) / CAST(0.020000666706669435 AS DOUBLE PRECISION)) AS INTEGER) AS TEXT) END, ',') AS buckets
FROM visits
GROUP BY 1, 2
