-- The rows of contracts that count, with the contract and the line of it that they tell of. A contract is a number of a
-- customer (M2); of several lines the product tells which, else their starts (M3).
create or replace macro contract_rows() as table
    with accepted as (
        select
            * exclude (contract_id),
            -- a stable number made from the key where the file gives none (K2)
            coalesce(
                contract_id,
                'K-' || left(md5(concat_ws(
                    '|',
                    customer_id,
                    coalesce(plain(product), ''),
                    coalesce(start_date::varchar, ''),
                    coalesce(end_date::varchar, '')
                )), 10)
            ) as contract_no,
        from counted_rows('contracts')
        where amount_basis is distinct from 'month'
    ),

    -- most contracts stand in one row and need no folding
    repeated as (
        select
            contract_no,
            customer_id,
        from accepted
        group by contract_no, customer_id
        having count(*) > 1
    ),

    told as (
        select
            contract_no,
            customer_id,
            import_id,
            count(distinct coalesce(plain(product), '')) as products,
            count(distinct concat_ws('|', coalesce(plain(product), ''), start_date)) as lines,
        from accepted
        semi join repeated using (contract_no, customer_id)
        group by contract_no, customer_id, import_id
    ),

    lined as (
        select
            contract_no,
            customer_id,
            max(import_id) as newest,
            max(lines) > 1 as has_lines,
            bool_or(products > 1) as has_products,
            bool_and(products = lines) as is_by_product,
        from told
        group by contract_no, customer_id
    )

    select
        accepted.*,
        lined.newest is not null as is_repeated,
        accepted.import_id = lined.newest as is_newest,
        case
            when has_lines
                then concat_ws(
                    ' · ',
                    if(has_products, spelled('product', accepted.product), null),
                    if(is_by_product, null, accepted.start_date)
                )
        end as line,
    from accepted
    left join lined
        on
            accepted.contract_no = lined.contract_no
            and accepted.customer_id = lined.customer_id;
