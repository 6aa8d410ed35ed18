package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListTest {

    private static List<String> read(String list) {
        return ModelList.read(list.replace('\'', '"'), "data", "id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'data':[{'id':'kelp'}]}",
                "[{'id':'kelp'}]",
                "['kelp']",
                "{'data':['kelp']}",
                "{'models':[{'name':'kelp'}]}",
                "{'models':[{'model':'kelp'}]}",
                "{'object':'list','data':{'models':[{'id':'kelp'}]}}",
                "{'data':[{'id':'kelp'},{'id':''},{'id':' '},{'id':null},{'id':7},{},null,7]}",
                "{'data':[{'id':'kelp'},{'id':'kelp'}]}",
                "{'models':{'kelp':{'context':4096}}}",
                "{'result':[{'name':'kelp'}]}"
            })
    void aListOfAnyShapeNamesItsModels(String list) {
        assertEquals(List.of("kelp"), read(list));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'x','type':'embedding'}",
                "{'id':'x','type':'embeddings'}",
                "{'id':'x','type':'image'}",
                "{'id':'x','type':'rerank'}",
                "{'id':'x','task':'text-to-speech'}",
                "{'id':'x','capabilities':{'completion_chat':false}}",
                "{'id':'x','capabilities':['embedding']}",
                "{'id':'x','architecture':{'output_modalities':['image']}}",
                "{'id':'x','details':{'family':'nomic-bert'}}",
                "{'id':'text-embedding-3-small'}",
                "{'id':'nomic-embed-text:latest'}",
                "{'id':'mxbai-embed-large'}",
                "{'id':'BAAI/bge-m3'}",
                "{'id':'intfloat/multilingual-e5-large'}",
                "{'id':'jina-reranker-v2'}",
                "{'id':'whisper-1'}",
                "{'id':'tts-1-hd'}",
                "{'id':'dall-e-3'}",
                "{'id':'omni-moderation-latest'}",
                "{'id':'gpt-4o-transcribe'}",
                "{'id':'gpt-image-1'}"
            })
    void modelsThatCannotChatAreNotOffered(String model) {
        assertEquals(List.of("kelp"), read("{'data':[" + model + ",{'id':'kelp'}]}"));
        assertEquals(List.of(), read("{'data':[" + model + "]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'x','type':'chat'}",
                "{'id':'x','type':'model','object':'model'}",
                "{'id':'x','type':'vlm'}",
                "{'id':'x','capabilities':['completion','tools']}",
                "{'id':'x','capabilities':['embedding','completion']}",
                "{'id':'x','architecture':{'output_modalities':['text','image']}}"
            })
    void modelsThatChatAreOffered(String model) {
        assertEquals(List.of("x"), read("{'data':[" + model + "]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gpt-4o-mini", "o1", "e5x", "statts", "gemma3:4b", "deepseek/deepseek-r1:free", "embers-7b"})
    void namesThatOnlyLookLikeOthersAreOffered(String name) {
        assertEquals(List.of(name), read("['" + name + "']"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[7]",
                "{'data':7}",
                "{'data':[{}]}",
                "{'error':{'message':'no'}}",
                "<html>",
                "",
                "'x'"
            })
    void whatNamesNoModelIsNoList(String list) {
        assertThrows(IllegalStateException.class, () -> read(list));
    }
}
