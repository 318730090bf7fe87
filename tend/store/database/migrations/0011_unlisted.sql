-- Customers in no list are told live, from what is listed now (M25): what older versions wrote down of them goes, and
-- a row it was the only word on counts as a row with a warning no more.
update sheets set warnings = greatest(0, warnings - alone.count_rows)
from (
    select
        import_id,
        sheet_no,
        count(*) as count_rows,
    from (
        select
            import_id,
            sheet_no,
            row_no,
        from problems
        where row_no is not null
        group by all
        having bool_and(code = 'unknown_customer')
    )
    group by all
) as alone
where sheets.import_id = alone.import_id and sheets.sheet_no = alone.sheet_no;

delete from problems
where code = 'unknown_customer';
