-- of the rows that keep their contract
SELECT
  CAST(timezone('UTC', at) AS DATE) AS day,
  touchpoint AS touchpoint,
  count(CASE WHEN (amount > 5) THEN 1 END) AS numerator,
  sum(CASE WHEN (colour IN ('red', 'blue')) THEN units END) AS denominator,
  count(CASE WHEN (colour IN ('red', 'blue')) THEN units END) AS n
FROM visits
GROUP BY 1, 2
