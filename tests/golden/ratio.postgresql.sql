-- of the rows that keep their contract
SELECT
  CAST(timezone('UTC', at) AS DATE) AS day,
  touchpoint AS touchpoint,
  count(CASE WHEN (done = true) THEN 1 END) AS numerator,
  count(CASE WHEN (done IS NOT NULL) THEN 1 END) AS denominator,
  count(CASE WHEN (done IS NOT NULL) THEN 1 END) AS n
FROM visits
GROUP BY 1, 2
