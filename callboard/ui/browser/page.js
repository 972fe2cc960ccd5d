// Our own in the browser. Streamlit lets a page have it as one file, which names the others.
import follow from "./in_place.js";
import listen from "./keys.js";

export default function ({ data }) {
  follow(data.pages);
  listen();
}
