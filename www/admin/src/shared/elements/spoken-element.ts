import { followLanguage } from "idp-group-sync-elements/internal/messages/language.js";
import { LitElement } from "lit";

/** Says something, and says it anew when another language is chosen. */
export abstract class SpokenElement extends LitElement {
  constructor() {
    super();
    followLanguage(this);
  }
}
