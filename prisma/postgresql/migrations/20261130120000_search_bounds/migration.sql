-- The index finds products by some words of a search, and each is compared with the whole search. The
-- service plans these words, so that the index reads a bounded part of itself.

-- CreateFunction: by the index whatever the planner expects, see "product_search_matches", which
-- earlier versions of the service use.
CREATE FUNCTION product_search_found(planned TSQUERY, max_products BIGINT, search TSQUERY)
RETURNS TABLE (number BIGINT, product_id UUID, is_match BOOLEAN)
LANGUAGE sql STABLE SET search_path FROM CURRENT SET enable_seqscan = off SET work_mem = '64MB'
AS $$
    SELECT number, product_id, words @@ search FROM product_search_entries
    WHERE words @@ planned LIMIT max_products
$$;
