-- of the rows that keep their contract
SELECT
  CAST(timezone('UTC', at) AS DATE) AS day,
  touchpoint AS touchpoint,
  sum(CASE WHEN (colour IN ('red', 'blue')) THEN amount END) AS numerator,
  count(CASE WHEN (colour IN ('red', 'blue')) THEN amount END) AS denominator,
  count(CASE WHEN (colour IN ('red', 'blue')) THEN amount END) AS n,
  sum(CASE WHEN (colour IN ('red', 'blue')) THEN CAST(amount AS DOUBLE PRECISION) * CAST(amount AS DOUBLE PRECISION) END) AS squares
FROM visits
GROUP BY 1, 2
