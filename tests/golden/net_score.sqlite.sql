-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  count(CASE WHEN (units >= 9.0) THEN units END) AS numerator,
  count(CASE WHEN (units <= 6.0) THEN units END) AS detractors,
  count(units) AS denominator,
  count(units) AS n
FROM visits
GROUP BY 1, 2
