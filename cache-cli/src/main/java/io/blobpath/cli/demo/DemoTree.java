package io.blobpath.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Four repositories as a registry would hold them: two for everybody, and two of teams whose images begin with the layers of
 * the former. Each repository has its own copy of every layer.
 */
public final class DemoTree {
    private static final int MIB = 1 << 20;

    private DemoTree() {}

    /**
     * Writes the tree, some 22 MiB. Two trees have the same bytes.
     *
     * @param root an empty folder
     * @return the images, as {@code repository:tag}
     * @throws IOException if the disk refuses; a part of the tree is left
     */
    public static List<String> write(Path root) throws IOException {
        Layer base = Layer.of("base", 2 * MIB);
        Layer java = Layer.of("java", 4 * MIB);
        Map<String, Map<String, List<Layer>>> repositories = new LinkedHashMap<>();
        repositories.put("library/base", Map.of("1.0", List.of(base)));
        repositories.put("library/java", Map.of("17", List.of(base, java)));
        Map<String, List<Layer>> orders = new LinkedHashMap<>();
        orders.put("1.0", List.of(base, java, Layer.of("orders-1.0", MIB / 2)));
        orders.put("1.1", List.of(base, java, Layer.of("orders-1.1", MIB / 2)));
        repositories.put("team/orders", orders);
        repositories.put("team/billing", Map.of("2.0", List.of(base, java, Layer.of("billing-2.0", MIB / 2))));
        List<String> images = new ArrayList<>();
        for (Map.Entry<String, Map<String, List<Layer>>> repository : repositories.entrySet()) {
            OciLayout layout = new OciLayout(root.resolve(repository.getKey()));
            for (Map.Entry<String, List<Layer>> image : repository.getValue().entrySet()) {
                layout.image(image.getKey(), image.getValue());
                images.add(repository.getKey() + ":" + image.getKey());
            }
            layout.finish();
        }
        return images;
    }
}
