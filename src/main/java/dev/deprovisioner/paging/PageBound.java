package dev.deprovisioner.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Ends a page of a list before its answer grows past 1 MiB. */
public final class PageBound {

    static final int MAX_BYTES = 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private PageBound() {}

    /** The first of these items, as many as stay within the bound as JSON; at least one, if there are any. */
    public static <T> List<T> fitting(List<T> items) {
        long bytes = 0;
        for (int count = 0; count < items.size(); count++) {
            bytes += JSON.writeValueAsBytes(items.get(count)).length + 1L;
            if (bytes > MAX_BYTES && count > 0) {
                return items.subList(0, count);
            }
        }
        return items;
    }
}
