package app.patter.conversation;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a UUID as it is. Needed on attributes that may be null, because EclipseLink's own converter fails on null
 * (4.0.8: {@code UUIDConverter.convertDataValueToObjectValue}).
 */
@Converter
public class NullableUuidConverter implements AttributeConverter<UUID, UUID> {

    @Override
    public @Nullable UUID convertToDatabaseColumn(@Nullable UUID id) {
        return id;
    }

    @Override
    public @Nullable UUID convertToEntityAttribute(@Nullable UUID id) {
        return id;
    }
}
