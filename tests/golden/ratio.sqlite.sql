-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  count(CASE WHEN (done = 1) THEN 1 END) AS numerator,
  count(CASE WHEN (done IS NOT NULL) THEN 1 END) AS denominator,
  count(CASE WHEN (done IS NOT NULL) THEN 1 END) AS n
FROM visits
GROUP BY 1, 2
