-- of the rows that keep their contract
SELECT
  substr(at, 1, 10) AS day,
  touchpoint AS touchpoint,
  sum(CASE WHEN (colour = 'red' OR colour = 'blue') THEN amount END) AS numerator,
  count(CASE WHEN (colour = 'red' OR colour = 'blue') THEN amount END) AS denominator,
  count(CASE WHEN (colour = 'red' OR colour = 'blue') THEN amount END) AS n,
  sum(CASE WHEN (colour = 'red' OR colour = 'blue') THEN amount * amount END) AS squares
FROM visits
GROUP BY 1, 2
