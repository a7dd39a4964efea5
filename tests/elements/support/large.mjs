/** A mapping of 3000 entries, none of which is for somebody in `Sales Team`. */
export const largeMapping = Array.from({ length: 3000 }, (_, index) => `Department ${index} -> marketing`).join("\n");
