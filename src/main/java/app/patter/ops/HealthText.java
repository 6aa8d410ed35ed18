package app.patter.ops;

import app.patter.text.TextCode;

/** Why a node cannot serve people. */
enum HealthText implements TextCode {
    DATABASE_SILENT,
    SAVING_REFUSED,
    TABLES_BEHIND,
    TABLES_UNKNOWN,
    DISK_FULL,
    FOLDER_UNKNOWN;

    @Override
    public String key() {
        return TextCode.key("text.health.", this);
    }
}
