-- What the files of health share; made in every workplace.

-- A score's level by the plain limits: 0 at risk, 1 average, 2 healthy; at or over is the better one (J6).
create or replace macro level_of(score, average_from, healthy_from) as
    (score >= average_from)::integer + (score >= healthy_from)::integer;

-- The level a month later: a limit is passed only with the margin (J7).
create or replace macro next_level(before, score, average_from, healthy_from, margin) as
    greatest(
        least(
            before,
            (score > average_from - margin)::integer + (score > healthy_from - margin)::integer
        ),
        (score >= average_from + margin)::integer + (score >= healthy_from + margin)::integer
    );
